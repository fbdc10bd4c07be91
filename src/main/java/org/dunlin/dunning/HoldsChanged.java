package org.dunlin.dunning;

import java.util.Set;

/**
 * Holds of these customers began or ended. Published within the writing transaction; whoever acts on it in the engine listens
 * after commit.
 */
public record HoldsChanged(Set<Long> customerIds) {}
