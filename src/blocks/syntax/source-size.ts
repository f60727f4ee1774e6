// How long a source file may be, besides long data. What is longer is a bundle, and would take seconds to read.
export const mostCharacters = 1_048_576;
