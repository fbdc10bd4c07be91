package org.dunlin.insight;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All customers who have a score, by cell of the matrix.
 *
 * @param asOf        the day as of which all customers were scored last; null before the first time
 * @param unscored    customers who have no score (yet); they stand nowhere else
 * @param cells       those in which somebody is, in the order of the table {@code segment}
 * @param bySize      the rows of the matrix, added up
 * @param byBehaviour the columns
 * @param bySegment   the same customers by segment
 */
record Overview(
        @Nullable LocalDate asOf,
        int unscored,
        List<CellFigures> cells,
        Map<String, Figures> bySize,
        Map<String, Figures> byBehaviour,
        Map<String, Figures> bySegment,
        Figures total) {

    /**
     * One cell.
     *
     * @param segments number of customers by segment; mostly one, more where an edited table looks at other criteria too
     */
    record CellFigures(String size, String behaviour, Map<String, Integer> segments, Figures figures) {}
}
