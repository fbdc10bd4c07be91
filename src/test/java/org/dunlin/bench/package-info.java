/** Measures the main job on portfolios of several sizes. Run with {@code mvn -Pbench verify}; see docs/benchmark.md. */
package org.dunlin.bench;
