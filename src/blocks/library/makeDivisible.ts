// Numbers of channels that hardware likes.

/**
 * The multiple of the divisor that is nearest, and one more where that loses more than a tenth. The official code of MobileNet has it
 * (https://github.com/tensorflow/models/blob/master/research/slim/nets/mobilenet/mobilenet.py), and all that came after it.
 */
export function makeDivisible(channels: number, divisor = 8): number {
  const nearest = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return nearest < 0.9 * channels ? nearest + divisor : nearest;
}
