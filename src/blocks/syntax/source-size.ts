// How long a source file may be. What is longer is a bundle or data, and would take seconds to read.
export const mostCharacters = 1_048_576;
