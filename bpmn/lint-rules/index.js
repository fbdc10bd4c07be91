module.exports = {
  configs: {
    recommended: {
      rules: {
        'documented': 'error',
        'ladder': 'error',
        'named': 'error',
        'speaking-ids': 'error'
      }
    }
  }
};
