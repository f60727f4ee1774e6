// The codes of characters: two of them are compared in less time than two strings.
const code = (character: string): number => character.charCodeAt(0);

export const [BACKTICK, BACKSLASH, NEWLINE, SLASH, STAR, DOLLAR, PLUS, MINUS] = [code('`'), code('\\'), code('\n'), code('/'), code('*'), code('$'), code('+'), code('-')];
export const [DOT, COMMA, COLON, SEMICOLON, QUESTION, EXCLAMATION, AT] = [code('.'), code(','), code(':'), code(';'), code('?'), code('!'), code('@')];
export const [LESS, EQUALS, GREATER] = [code('<'), code('='), code('>')];
export const [PAREN, BRACKET, BRACE, CLOSING_PAREN, CLOSING_BRACKET, CLOSING_BRACE] = [code('('), code('['), code('{'), code(')'), code(']'), code('}')];
