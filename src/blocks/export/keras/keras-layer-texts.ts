// What Keras does not have, as source text: an export writes out what it needs.

export const kerasLayerTexts: Readonly<Record<string, string>> = {
  LayerScale: `
@keras.saving.register_keras_serializable()
class LayerScale(layers.Layer):
    """One learnt factor for each channel, which begins close to zero."""

    def __init__(self, initial_value, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.initial_value = initial_value
        self.axis = axis

    def build(self, input_shape):
        shape = [1] * (len(input_shape) - 1)
        shape[self.axis if self.axis < 0 else self.axis - 1] = input_shape[self.axis]
        self.gamma = self.add_weight(shape=tuple(shape), initializer=keras.initializers.Constant(self.initial_value), name="gamma")

    def call(self, x):
        return x * self.gamma

    def get_config(self):
        return {**super().get_config(), "initial_value": self.initial_value, "axis": self.axis}
`,

  hard_sigmoid: `
@keras.saving.register_keras_serializable()
def hard_sigmoid(x):
    """That of TensorFlow.js; the one of Keras 3 has another slope."""
    return ops.clip(0.2 * x + 0.5, 0.0, 1.0)
`,
};
