const { is, isAny } = require('../util');

/** Processes, steps, events and gateways say what they mean to the business. */
module.exports = function() {
  return {
    check(node, reporter) {
      if (!isAny(node, ['bpmn:Process', 'bpmn:FlowNode']) || is(node, 'bpmn:SequenceFlow')) {
        return;
      }
      const text = (node.documentation || []).map(part => part.text || '').join('').trim();
      if (!text) {
        reporter.report(node.id, 'Documentation is missing: what does this mean to the business, and why here?');
      }
    }
  };
};
