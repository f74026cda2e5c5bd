/** The six digits in what somebody typed or pasted; spaces and dashes do not matter. */
export const checkCodeShape = (typed: string): string | undefined => {
  const digits = typed.replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
};
