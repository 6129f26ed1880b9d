import { english } from 'c/handoffText';

/** Labels of an org, each text marked: what a page says without the mark came through no label. */
export const labels = Object.fromEntries(
  Object.entries(english).map(([section, texts]) => [
    section,
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, `«${text}»`])),
  ]),
);
