const { isAny } = require('../util');

const CAMEL_CASE = /^[a-z][a-zA-Z]*$/;

/** Ids are camelCase words: they appear in Cockpit, in logs and in tests. `Activity_0xrmvgg` says nothing there. */
module.exports = function() {
  return {
    check(node, reporter) {
      if (isAny(node, ['bpmn:Process', 'bpmn:FlowElement', 'bpmn:RootElement', 'bpmn:EventDefinition'])
          && !CAMEL_CASE.test(node.id || '')) {
        reporter.report(node.id || '(no id)', 'Id is not made of words in camelCase, like sendReminder or waitBeforeCall');
      }
    }
  };
};
