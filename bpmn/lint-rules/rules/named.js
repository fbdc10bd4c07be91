const { is, isAny } = require('../util');

/** Whatever a reader stops at has a label; gateways that only join, and the one flow out of something, need none. */
module.exports = function() {
  return {
    check(node, reporter) {
      if (is(node, 'bpmn:FlowNode')) {
        const joins = is(node, 'bpmn:Gateway') && (node.outgoing || []).length < 2;
        if (!joins && !(node.name || '').trim()) {
          reporter.report(node.id, 'Label is missing');
        }
      }
      if (is(node, 'bpmn:SequenceFlow')
          && isAny(node.sourceRef, ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'])
          && node.sourceRef.outgoing.length > 1
          && !(node.name || '').trim()) {
        reporter.report(node.id, 'Label is missing: when is this way taken?');
      }
    }
  };
};
