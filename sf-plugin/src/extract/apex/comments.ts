/** A comment, in text that holds no literal; one that is not closed goes on to the end. */
export const comment = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*/g;
