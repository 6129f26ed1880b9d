/** What is asked and answered: a case of about 3 KB with personal data to mask, and a summary of 1.2 KB. */

const comments = [
  'Called the carrier: the parcel is at the depot in Lyon and cannot be delivered before Thursday.',
  'Maria Lopez wrote again from maria.lopez@example.com and asks to be called at +33 6 12 34 56 78.',
  'Told her that the depot closes at six. She will send somebody with the order number and an identity card.',
  'The depot says that the box is wet on one side. Photographs are attached to the order, not to the case.',
];

export const payload = JSON.stringify({
  case: {
    id: '5005g00000CaSeAAAV',
    subject: 'Lamp has not arrived, and the depot says that the box is damaged',
    description: [
      'Good morning, I am Maria Lopez and I ordered the lamp on the second of the month.',
      'It should have come on Tuesday. My card 4111 1111 1111 1111 was charged the same day.',
      ...Array.from(
        { length: 12 },
        (_, at) =>
          `On day ${at + 1} I looked at the tracking page, which said that the parcel was on its way to the depot and would be handed over within two working days of its arrival there.`,
      ),
      'Please tell me what happens next, and whether I have to pay for sending it back if the foot is cracked.',
    ].join(' '),
    comments,
  },
});

/** Without names, so that nothing has to be put back: the guards and the search for tokens run all the same. */
export const summary = {
  summary: Array.from(
    { length: 5 },
    (_, at) =>
      `Part ${at + 1}: the customer waits for a lamp that is at the depot, with a box that is wet on one side, and asks what happens next and who pays for sending it back.`,
  ).join(' '),
  nextStep: 'Ask the depot for the photographs, decide whether the lamp is sent again, and call the customer.',
  quotes: [comments[0], comments[3]],
};
