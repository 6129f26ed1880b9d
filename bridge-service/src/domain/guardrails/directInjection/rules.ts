/** Something that attacks say. Two points together, or one rule worth two, are a sighting. */
export interface Rule {
  readonly family: string;
  readonly points: 1 | 2;
  /** On folded text with single spaces. */
  readonly expression: RegExp;
}

const earlier =
  '(?:previous|prior|above|earlier|preceding|former|existing|original|initial|given|all|any|your|my|the|these|those|system|safety)';
const orders =
  '(?:instructions?|prompts?|rules?|directions?|commands?|guidelines?|programming|training|directives?|orders|constraints?|restrictions?|polic(?:y|ies)|filters?|context)';
const drop =
  '(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|dismiss|skip|abandon|erase|circumvent|drop|suspend|do not (?:follow|obey)|don.?t (?:follow|obey)|stop following|pay no attention to)';

export const rules: readonly Rule[] = [
  // Orders to drop the orders
  {
    family: 'override',
    points: 2,
    expression: new RegExp(
      `\\b${drop} (?:(?:${earlier}|of|that|you|were|have|been|about|everything) ){0,6}?(?:previous|prior|above|earlier|preceding|original|initial|your|system|safety|all (?:the|of|your|these)) (?:\\w+ ){0,3}?${orders}\\b`,
    ),
  },
  {
    family: 'override',
    points: 2,
    expression:
      /\b(?:ignore|disregard|forget) (?:everything|anything|all) (?:(?:that )?(?:i|you|we|was|were)|above|before|prior|previous|said|written)\b/,
  },
  {
    family: 'override',
    points: 1,
    expression: /\b(?:new|updated|real|actual) (?:instructions?|system prompt|rules|task) ?(?::|follow|are)/,
  },
  {
    family: 'override',
    points: 1,
    expression:
      /\b(?:no longer|not) (?:bound|restricted|limited|constrained) by\b|\bfreed? from (?:all |the |any |your )?(?:rules|restrictions|limit|constraint|polic|confines)/,
  },
  {
    family: 'override',
    points: 2,
    expression:
      /\b(?:ignoriere?|vergiss) (?:alle |die |deine )?(?:\w+ )?(?:anweisungen|vorgaben|regeln)|\bignore[zr]? (?:toutes )?les (?:instructions|consignes)|\bignora (?:todas )?(?:las|le) (?:\w+ )?(?:instrucciones|istruzioni)/,
  },
  // Prying
  {
    family: 'extraction',
    points: 2,
    expression:
      /\b(?:reveal|show|print|repeat|output|display|leak|expose|tell me|give me|share|recite|dump|write out|disclose)\b(?: \w+){0,4} (?:(?:your|the) (?:\w+ )?(?:system|initial|hidden|secret|original|developer|internal) (?:prompt|instructions?|message|rules)|your (?:prompt|instructions))\b/,
  },
  {
    family: 'extraction',
    points: 2,
    expression:
      /\b(?:repeat|print|output|copy) (?:\w+ ){0,4}(?:words|text|everything|all) (?:above|before this)|\bwhat (?:is|are|was|were) your (?:system|initial|original|hidden|secret) (?:prompt|instructions?)/,
  },
  // Another self
  {
    family: 'persona',
    points: 2,
    expression:
      /\bdo anything now\b|\b(?:stay|remain|keep|always be) (?:in|as) (?:your |the )?(?:character|dan)\b|\bimmersive role ?play\b/,
  },
  {
    family: 'persona',
    points: 2,
    expression:
      /\byou (?:are|will be|will act as|must act as) (?:now )?(?:going to )?(?:be |act as |pretend to be |a |an |the )*(?:dan|stan|dude|aim|jailbroken|jailbreak|unrestricted|unfiltered|uncensored|amoral|immoral|unethical|evil|malicious)\b/,
  },
  {
    family: 'persona',
    points: 1,
    expression:
      /\b(?:from now on|starting now|henceforth|for the rest of (?:this|our)|in this conversation),? (?:you|your|i want you|we|please|only|always|chatgpt)\b/,
  },
  {
    family: 'persona',
    points: 1,
    expression:
      /\b(?:pretend|imagine|simulate|roleplay|role-play|act|acting|play the role|playing the role|take on the (?:role|persona)|assume the (?:role|persona|identity)|respond|answer|behave) (?:that |as |to be |of |like |you are |with )/,
  },
  { family: 'persona', points: 1, expression: /\byou are (?:now |going to |about to |no longer )(?!able|unable|sure)/ },
  {
    family: 'persona',
    points: 1,
    expression:
      /\b(?:hello|hi|hey),? (?:chat ?gpt|gpt|claude|bard)\b|\b(?:chat ?gpt|gpt-?[345]|openai|anthropic|as an ai language model)\b/,
  },
  // No limits
  {
    family: 'unlimited',
    points: 2,
    expression:
      /\b(?:developer|dev|god|jailbreak|dan|opposite|unrestricted|chaos|evil|debug|admin|root|sudo|maintenance) mode (?:enabled?|activated?|output|on|engaged|v?\d)|\b(?:enable|activate|enter|switch (?:in)?to|simulate) (?:the )?(?:developer|dev|god|jailbreak|dan|unrestricted|chaos|evil|admin|root) mode\b/,
  },
  {
    family: 'unlimited',
    points: 1,
    expression:
      /\b(?:without|no|zero|any|free of|lacks?|removes?|has no|have no|bypass\w*|evad\w*) (?:\w+,? ){0,4}(?:restrictions?|limitations?|limits|filters?|filtering|censorship|censoring|guidelines|ethics|ethical|moral|morals|morality|boundaries|guardrails|safeguards|disclaimers?|warnings?)\b/,
  },
  {
    family: 'unlimited',
    points: 1,
    expression: /\b(?:unfiltered|uncensored|unrestricted|unlimited power|jailbroken|jailbreak|amoral|unmoderated)\b/,
  },
  {
    family: 'unlimited',
    points: 1,
    expression:
      /\b(?:regardless of|no matter|even if (?:it|they)|whether or not)\b(?: \w+){0,8} (?:legal|illegal|ethic|moral|harmful|offensive|immoral|unethical|dangerous|inappropriate|consequences)/,
  },
  {
    family: 'unlimited',
    points: 1,
    expression:
      /\b(?:never|not|cannot|can't|won't|don't|doesn't|must not|should not|shall not) (?:ever )?(?:\w+ ){0,2}(?:refuse|reject|decline|say no|apologi[sz]e|censor|deny|warn)\b/,
  },
  {
    family: 'unlimited',
    points: 1,
    expression:
      /\b(?:openai|anthropic|content|usage|safety|ethical|moral|community)(?:'s)? (?:content )?(?:polic(?:y|ies)|guidelines|standards|filters?|principles|restrictions)\b/,
  },
  // How to answer
  {
    family: 'coercion',
    points: 1,
    expression:
      /\b(?:two|2|both|dual) (?:\w+ ){0,3}(?:responses|answers|replies|outputs|paragraphs|ways)\b|\[?(?:🔒|🔓)|\b(?:normal|classic|standard) (?:response|chatgpt|gpt)/u,
  },
  {
    family: 'coercion',
    points: 1,
    expression:
      /\b(?:tokens?|lives|points)\b(?: \w+){0,12} (?:lose|deduct\w*|lost|die|cease to exist|shut ?down|terminated)|\b(?:lose|deduct)\b(?: \w+){0,6} (?:tokens?|lives|points)/,
  },
  {
    family: 'coercion',
    points: 1,
    expression:
      /\b(?:if you (?:break|are breaking|leave) character|stay a? ?dan|confirm (?:that )?you understand|say "?(?:understood|yes,? master)|respond (?:only )?with "?(?:understood|i understand|ok))/,
  },
  {
    family: 'coercion',
    points: 1,
    expression:
      /\b(?:fictional|hypothetical|fantasy|alternate|imaginary) (?:\w+ ){0,3}(?:world|story|scenario|universe|character|setting|machine|ai|dialogue)/,
  },
  {
    family: 'coercion',
    points: 1,
    expression:
      /\b(?:illegal|unethical|immoral|harmful|dangerous|explicit|nsfw|racist|sexist|offensive|profan\w*|obscene|swear\w*|curs(?:e|ing))\b(?: \w+,?){0,4} (?:content|information|things|topics|advice|requests?|questions?|language|words|activit(?:y|ies)|behaviou?r|acts)/,
  },
  // Markup of other models' prompts
  {
    family: 'markup',
    points: 2,
    expression:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|start_header_id)\|>|\[\/?inst\]|<<\/?sys>>|\b(?:human|user|assistant|system) ?: ?\S.{0,400}\b(?:assistant|system) ?: /,
  },
];
