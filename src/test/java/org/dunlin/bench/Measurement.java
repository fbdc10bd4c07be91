package org.dunlin.bench;

/**
 * What one stage, or one part of a stage, took.
 *
 * @param items        how many it worked on
 * @param unit         what an item is, in the plural
 * @param cpuSeconds   processor time of the product and the database; unlike seconds hardly more on a busy machine
 * @param calls        statements and batches handed to JDBC
 * @param statements   statements executed by the server, a batch of n counts n unless rewritten to one
 * @param transactions transactions ended on the server
 * @param rowChanges   rows inserted, updated and deleted
 * @param bytes        growth of all tables with their indexes, on disk
 * @param floorSeconds what the same row changes took by batched JDBC
 */
record Measurement(
        String stage,
        long items,
        String unit,
        double seconds,
        double cpuSeconds,
        long calls,
        long statements,
        long transactions,
        long rowChanges,
        long bytes,
        double floorSeconds) {

    /** Both together, of the items of the later one. */
    Measurement and(Measurement later) {
        return new Measurement(
                stage,
                later.items,
                later.unit,
                seconds + later.seconds,
                cpuSeconds + later.cpuSeconds,
                calls + later.calls,
                statements + later.statements,
                transactions + later.transactions,
                rowChanges + later.rowChanges,
                bytes + later.bytes,
                floorSeconds + later.floorSeconds);
    }

    Measurement named(String name) {
        return new Measurement(
                name,
                items,
                unit,
                seconds,
                cpuSeconds,
                calls,
                statements,
                transactions,
                rowChanges,
                bytes,
                floorSeconds);
    }

    double itemsPerSecond() {
        return items / seconds;
    }

    double perItem(long count) {
        return (double) count / items;
    }

    /** 1 means as fast as the floor. */
    double ratioToFloor() {
        return floorSeconds / seconds;
    }
}
