// One random change of a program's text: what people do to it, and what no one would.
import type { RandomNumbers } from '../random-numbers.ts';

const typed = ['(', ')', '[', ']', '{', '}', ',', ';', '.', "'", '`', '/', '*', '//', '/*', ' ', '\n', '\n\n', '1', '0', 'x', 'if (', 'return ', 'const y = ', '=> ', '...', '?', ':', '<', '@'];

export function randomEdit(random: RandomNumbers, text: string): string {
  const at = random.integer(0, text.length);
  switch (random.integer(0, 5)) {
    case 0: return text.slice(0, at) + random.pick(typed) + text.slice(at);
    case 1: return text.slice(0, at) + text.slice(at + random.integer(1, 3));
    case 2: return withNumber(random, text);
    case 3: {
      const [start, end] = lineAround(text, at);
      return text.slice(0, start) + text.slice(end);
    }
    case 4: {
      const [start, end] = lineAround(text, at);
      return text.slice(0, end) + text.slice(start, end) + text.slice(end);
    }
    default: {
      const from = random.integer(0, text.length);
      return text.slice(0, at) + text.slice(from, from + random.integer(1, 60)) + text.slice(at);
    }
  }
}

/** Another number in place of one that is there. */
function withNumber(random: RandomNumbers, text: string): string {
  const numbers = [...text.matchAll(/\b\d+\b/g)];
  if (numbers.length === 0) return `${text}1`;
  const { index, 0: digits } = random.pick(numbers);
  return text.slice(0, index) + random.integer(0, 99) + text.slice(index + digits.length);
}

function lineAround(text: string, at: number): [start: number, end: number] {
  const end = text.indexOf('\n', at);
  return [text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end + 1];
}
