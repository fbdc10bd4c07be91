package org.dunlin.insight;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.dunlin.insight.CellCustomers.CameFrom;
import org.dunlin.insight.CellCustomers.Wish;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Understands what is asked about the portfolio, or says what is wrong with it. Blank counts as not given. */
@Component
class PortfolioQuestions {

    /** Value of {@code from} for customers who had no score on the day. */
    static final String NOWHERE = "none";

    private final Overviews overviews;
    private final Clock clock;

    PortfolioQuestions(Overviews overviews, Clock clock) {
        this.overviews = overviews;
        this.clock = clock;
    }

    /** Something that cannot be asked. */
    static final class WrongQuestionException extends RuntimeException {
        private final HttpStatus status;
        private final String field;

        WrongQuestionException(HttpStatus status, String field, String message) {
            super(message);
            this.status = status;
            this.field = field;
        }

        /** 400, or 404 for a cell that does not exist. */
        HttpStatus status() {
            return status;
        }

        String field() {
            return field;
        }
    }

    /** The day to compare with: the same day of last month when nothing is asked. */
    LocalDate since(@Nullable String asked) {
        LocalDate today = LocalDate.now(clock);
        if (asked == null || asked.isBlank()) {
            return today.minusMonths(1);
        }
        LocalDate since;
        try {
            since = LocalDate.parse(asked.strip());
        } catch (DateTimeParseException e) {
            throw wrong("since", "since is a day like 2026-01-31.");
        }
        // PostgreSQL and people's memory begin later than Java's calendar.
        if (since.isAfter(today) || since.getYear() < 1900) {
            throw wrong("since", "since is a day in the past, at the latest today, " + today + ".");
        }
        return since;
    }

    Wish wish(
            String size,
            String behaviour,
            @Nullable String segment,
            @Nullable String from,
            @Nullable String since,
            @Nullable String currency) {
        Cell cell = new Cell(size, behaviour);
        List<Cell> matrix = overviews.matrix();
        if (!matrix.isEmpty()
                && !matrix.contains(cell)
                && overviews.cell(cell).figures().customers() == 0) {
            throw new WrongQuestionException(
                    HttpStatus.NOT_FOUND, "cell", "There is no cell of this size and behaviour in the table segment.");
        }
        return new Wish(cell, blankToNull(segment), cameFrom(from, since), currency(currency));
    }

    private @Nullable CameFrom cameFrom(@Nullable String from, @Nullable String since) {
        String asked = blankToNull(from);
        LocalDate on = since(since);
        if (asked == null) {
            return null;
        }
        if (asked.equals(NOWHERE)) {
            return new CameFrom(null, null, on);
        }
        String[] parts = asked.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw wrong(
                    "from", "from is size/behaviour or size/behaviour/segment, like large/good, or " + NOWHERE + ".");
        }
        return new CameFrom(new Cell(parts[0], parts[1]), parts.length == 3 ? parts[2] : null, on);
    }

    private static @Nullable String currency(@Nullable String asked) {
        String currency = blankToNull(asked);
        if (currency == null) {
            return null;
        }
        try {
            return Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw wrong("currency", "currency is a code like EUR.");
        }
    }

    static int number(String field, @Nullable String asked, int least, int most, int otherwise) {
        String text = blankToNull(asked);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(field, field + " is a whole number.");
        }
        throw wrong(field, String.format(Locale.ENGLISH, "%s goes from %,d to %,d.", field, least, most));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        // The database cannot be asked for a text with a NUL, and nothing is called so.
        return text == null || text.isBlank() ? null : text.strip().replace('\0', '\uFFFD');
    }

    private static WrongQuestionException wrong(String field, String message) {
        return new WrongQuestionException(HttpStatus.BAD_REQUEST, field, message);
    }
}
