// What PyTorch does not have, as the source text of classes: an export writes out those that it needs.

export const torchModuleTexts: Readonly<Record<string, string>> = {
  GaussianNoise: `
class GaussianNoise(nn.Module):
    """Adds normally distributed noise while training."""

    def __init__(self, stddev):
        super().__init__()
        self.stddev = stddev

    def forward(self, x):
        return x + torch.randn_like(x) * self.stddev if self.training else x
`,

  LayerScale: `
class LayerScale(nn.Module):
    """One learnt factor for each channel, which begins close to zero."""

    def __init__(self, channels, initial_value):
        super().__init__()
        self.gamma = nn.Parameter(torch.full((channels, 1, 1), float(initial_value)))

    def forward(self, x):
        return x * self.gamma
`,

  SamePad2d: `
class SamePad2d(nn.Module):
    """Pads as TensorFlow's "same" does: where the number is odd, one more at the bottom and at the right."""

    def __init__(self, kernel_size, stride, value=0.0):
        super().__init__()
        self.kernel_size = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
        self.stride = stride if isinstance(stride, tuple) else (stride, stride)
        self.value = value

    def forward(self, x):
        margins = []
        for size, kernel_size, stride in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1]):
            total = max((-(-size // stride) - 1) * stride + kernel_size - size, 0)
            margins += [total // 2, total - total // 2]
        return nn.functional.pad(x, margins, value=self.value)
`,

  StochasticDepth: `
class StochasticDepth(nn.Module):
    """Drops the whole branch for some of the examples while training."""

    def __init__(self, drop_rate):
        super().__init__()
        self.drop_rate = drop_rate

    def forward(self, x):
        if not self.training or self.drop_rate == 0.0:
            return x
        keep = 1.0 - self.drop_rate
        mask = torch.empty(x.shape[0], *(1,) * (x.dim() - 1), dtype=x.dtype, device=x.device).bernoulli_(keep)
        return x * mask / keep
`,
};
