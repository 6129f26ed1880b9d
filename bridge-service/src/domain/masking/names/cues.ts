import { mayMatch } from '../patterns/pattern.ts';
import { folded } from '../text/normalise.ts';
import type { Span } from '../text/span.ts';
import { isAmbiguousName } from './commonWords.ts';
import { isOrdinary } from './ordinaryWords.ts';

const capital = "\\p{Lu}[\\p{L}\\p{M}]{0,30}(?:['’-]\\p{L}[\\p{L}\\p{M}]{0,30}){0,3}";
const initial = '\\p{Lu}\\.';
const particle = '(?:de|da|del|della|di|dos|du|la|le|van|von|der|den|ter|bin|ibn|al|el|y|e)';
/** One to four capitalised words, with particles and initials between them. */
const capitals = `(?:${capital}|${initial})(?:(?: ${particle}){0,2} (?:${capital}|${initial})){0,3}`;
/** The same, for cues after which people also write names without capitals. */
const anyCase = "\\p{L}[\\p{L}\\p{M}'’-]{1,30}(?: \\p{L}[\\p{L}\\p{M}'’.-]{0,30}){0,2}";
const edge = '(?![\\p{L}\\p{N}_])';

const cues: readonly RegExp[] = [
  // Mr. Lopez, Frau Dr. Weber
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Sra|Srta|Mme|Mlle|Hr|Fr|Miss|Sir|Madam|Dame|Lord|Lady|Herr|Frau|Monsieur|Madame|Signor|Signora|Señor|Señora|Don|Doña|Captain|Sergeant|Professor|Doctor|Judge|Nurse)\\.? ){1,3}(?<name>${capitals})${edge}`,
    'gu',
  ),
  // My name is …, Ich heiße …
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:[Mm]y (?:full |first |last |legal )?name(?: is|'s|’s)|[Nn]ame'?s|[Ii]ch hei(?:ß|ss)e|[Mm]ein [Nn]ame ist|[Jj]e m'appelle|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Mm]ijn naam is|[Nn]azywam się)(?: is)? (?<name>${capitals}|${anyCase})${edge}`,
    'gu',
  ),
  // This is Maria, I am Maria Lopez; on behalf of Maria
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:[Tt]his is|I am|I'm|I’m|[Ss]poke (?:with|to)|[Ss]peaking (?:with|to)|[Oo]n behalf of|[Aa]ttn:?|[Aa]ttention:|c/o|[Ss]igned by|[Rr]equested by|[Cc]reated by|[Oo]wned by|[Aa]ssigned to|[Cc]ardholder:?|[Bb]eneficiary:?|[Cc]ustomer|[Cc]lient|[Pp]atient|[Ee]mployee|[Pp]assenger|[Tt]enant|[Cc]olleague|[Cc]ontact|[Hh]usband|[Ww]ife|[Ss]on|[Dd]aughter|[Bb]rother|[Ss]ister|[Mm]other|[Ff]ather|[Nn]eighbou?r|[Mm]anager|[Bb]oss|[Nn]amed|[Cc]alled),? (?<name>${capitals})${edge}`,
    'gu',
  ),
  // name: Maria Lopez, "firstName": "maria", name=Maria Lopez&
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:full|first|last|middle|given|family|sur|maiden|display|contact|customer|patient|employee|user|account holder|holder)?[ _-]?name|surname|forename|nachname|vorname|nombre|apellidos?|nom|pr[ée]nom|cognome|氏名|お名前)["']? ?(?:[:=]|：|=>) ?["']?(?<name>${anyCase})${edge}`,
    'giu',
  ),
  // Dear Maria, / Hi Maria Lopez!
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|[Hh]allo|[Ll]iebe[rs]?|[Ss]ehr geehrte[rs]?|[Bb]onjour|[Cc]her|[Cc]h[èe]re|[Hh]ola|[Ee]stimad[oa]|[Cc]iao|[Gg]entile|[Gg]ood (?:morning|afternoon|evening)|[Tt]hanks|[Tt]hank you|[Cc]heers),? (?<name>${capitals})(?=\\s*[,!.:;\\n]|$)`,
    'gu',
  ),
  // Regards,\nMaria
  new RegExp(
    `(?:[Rr]egards|[Ss]incerely|[Yy]ours(?: truly| faithfully| sincerely)?|[Bb]est(?: wishes)?|[Cc]heers|[Tt]hanks(?: again)?|[Tt]hank you|[Gg]r(?:ü|u)(?:ß|ss)en?|[Cc]ordialement|[Ss]aludos|[Cc]ordiali saluti),?[ \\t]{0,3}\\n{1,2}[ \\t]{0,8}[–—-]{0,2} ?(?<name>${capitals}|${anyCase})(?=[ \\t]*(?:\\n|$|,))`,
    'gu',
  ),
  // Maria Lopez <maria@example.com>, Maria Lopez (maria@example.com)
  new RegExp(`(?<![\\p{L}\\p{N}])(?<name>${capitals})(?= {0,2}[<(][\\p{L}\\p{N}._%+-]{1,64}@)`, 'gu'),
  // Sari J. Paavolainen: nothing but people has a middle initial
  new RegExp(`(?<![\\p{L}\\p{N}])(?<name>${capital} (?:${initial}|\\p{Lu}) ${capital})${edge}`, 'gu'),
  // Japanese honorifics
  /(?<name>[\p{Script=Han}\p{Script=Katakana}]{1,8}(?: [\p{Script=Han}\p{Script=Katakana}]{1,8})?)(?=様|さん|氏|先生)/gu,
];

/** Names that something next to them gives away. */
export function cuedNames(text: string): readonly Span[] {
  return cues
    .filter((cue) => mayMatch(cue, text))
    .flatMap((cue) =>
      Array.from(text.matchAll(cue)).flatMap((match) => {
        const name = match.groups?.['name'] ?? '';
        const kept = withoutOrdinaryEnd(name);
        const start = match.index + match[0].lastIndexOf(name);
        return kept === '' ? [] : [{ start, end: start + kept.length }];
      }),
    );
}

/** "John and I need" is a name up to the first ordinary word. */
function withoutOrdinaryEnd(name: string): string {
  const words = name.split(' ');
  const end = words.findIndex((word) => {
    const plain = folded(word);
    return isOrdinary(plain) && !(/^\p{Lu}/u.test(word) && isAmbiguousName(plain));
  });
  return (end === -1 ? words : words.slice(0, end)).join(' ').replace(/[.'’-]+$/u, '');
}
