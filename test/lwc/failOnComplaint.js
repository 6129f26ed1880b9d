/** What the engine complains of is an error. */
for (const level of ['error', 'warn']) {
  console[level] = (...complaint) => {
    throw new Error(complaint.join(' '));
  };
}
