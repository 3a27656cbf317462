/** Something a person can put right: what is wrong, and what to do about it, one line each. */
export class LaunchError extends Error {
  /**
   * @param {string} message
   * @param {readonly string[]} [advice]
   */
  constructor(message, advice = []) {
    super(message);
    this.name = "LaunchError";
    /** @type {readonly string[]} */
    this.advice = advice;
  }
}
