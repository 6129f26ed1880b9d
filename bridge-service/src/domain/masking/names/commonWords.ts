/** First and last names that are English words as well: alone they count only with a capital, or not at all. */
const ambiguous = new Set(
  (
    'abby ace alma amber amen angel april art ash august autumn bailey baker banks bell bill birch bird bishop black blue bond ' +
    'booth branch brand bridge bridges brook brooks brown buck bush butler carol carpenter carter case cash chance charity chase ' +
    'chip christian church clay clement cliff cook cooper cotton crystal daisy dale daly dawn day dean dell dick dean drew duke earl ' +
    'east eve faith farmer field fields fisher florence ford forest foster fox frank free gay gene georgia ginger glen gold good ' +
    'grace grant gray green grey guy hall hand harmony hazel heath heather henna hill holiday holly holmes hope house hunt hunter ' +
    'iris island ivy jack jade jasmine jay jean jersey jewel jordan joy june kay king knight lake lance lane law lee lily little ' +
    'london long love major mark marsh mason max may melody mercy mike miles miller mills minor misty moon moore noble north nova ' +
    'olive opal page paris park parks parker patience pearl penny pepper perry peter pike pilot pope porter powers price prince ' +
    'queen rain randy ray red reed reid rice rich river rivers rob robin rock rocky rose royal ruby rusty ruth sage sandy savage ' +
    'scarlett sharp shepherd short sierra singer skip sky small smart smith snow south star steel sterling stone storm street ' +
    'strong summer sunny sweet taylor terry thomas tiffany tower trinity troy tucker turner van vance victor victoria viola violet ' +
    'virginia wade walker wall ward watch waters weaver webb wells west white will win winter wolf wood woods wright young'
  ).split(' '),
);

const particles = new Set(
  (
    'al bin bint da das de del dela della der di dos du e el ibn la las le los san santa st ten ter the van vanden vander von y zu ' +
    'jr sr ii iii iv phd md esq mr mrs ms miss mx dr prof sir madam herr frau mme mlle senor senora sra'
  ).split(' '),
);

/** Whether a folded word is a name and an ordinary word. */
export function isAmbiguousName(word: string): boolean {
  return ambiguous.has(word);
}

/** Whether a folded word joins or decorates names and is none itself. */
export function isNameParticle(word: string): boolean {
  return particles.has(word);
}
