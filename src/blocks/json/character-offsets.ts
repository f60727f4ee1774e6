/** For each character of what a string says, where it begins in the text that the string is written in, and one more for its end. `start` is its quote. */
export function characterOffsets(text: string, start: number, value: string): Int32Array {
  const offsets = new Int32Array(value.length + 1);
  let from = start + 1;
  for (let i = 0; i < value.length; i++) {
    offsets[i] = from;
    from += text[from] !== '\\' ? 1 : text[from + 1] === 'u' ? 6 : 2;
  }
  offsets[value.length] = from;
  return offsets;
}
