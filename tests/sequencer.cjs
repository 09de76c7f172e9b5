const { default: Sequencer } = require("@jest/test-sequencer");

/** The suite that takes longest starts first: a machine without a record of durations would leave it for the end. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (path.includes("/tests/properties/") ? 0 : 1);
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
