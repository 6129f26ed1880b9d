export const refreshApex = jest.fn();
