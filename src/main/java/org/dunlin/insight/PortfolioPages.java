package org.dunlin.insight;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dunlin.insight.CellCustomers.CameFrom;
import org.dunlin.insight.CellCustomers.Wish;
import org.dunlin.insight.Movement.Direction;
import org.dunlin.insight.Movement.Place;
import org.dunlin.insight.Movements.Moved;
import org.dunlin.insight.Overview.CellFigures;
import org.dunlin.insight.PortfolioQuestions.WrongQuestionException;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The portfolio for managers: the matrix, what moved in it, and the customers of a cell. */
@Controller
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class PortfolioPages {

    private static final int SHOWN = 50;

    private final Overviews overviews;
    private final Movements movements;
    private final CellCustomers customers;
    private final PortfolioQuestions questions;
    private final PortfolioWords words;
    private final Clock clock;

    PortfolioPages(
            Overviews overviews,
            Movements movements,
            CellCustomers customers,
            PortfolioQuestions questions,
            PortfolioWords words,
            Clock clock) {
        this.overviews = overviews;
        this.movements = movements;
        this.customers = customers;
        this.questions = questions;
        this.words = words;
        this.clock = clock;
    }

    @ModelAttribute("words")
    PortfolioWords words() {
        return words;
    }

    @ModelAttribute("today")
    LocalDate today() {
        return LocalDate.now(clock);
    }

    /**
     * A row of the matrix, or of another table of figures.
     *
     * @param cells one for each column; null where nobody is
     */
    record Row(String name, List<@Nullable CellFigures> cells, Figures total) {}

    /**
     * A line of the movements.
     *
     * @param query value of {@code from} for the page of the cell
     */
    record Line(Movement movement, String from, String to, String arrow, String word, String query) {

        static Line of(Movement movement) {
            Place from = movement.from();
            Place to = movement.to();
            return new Line(
                    movement,
                    from == null ? "no score yet" : said(from),
                    to == null ? "merged into another customer" : said(to),
                    arrow(movement.direction()),
                    word(movement.direction()),
                    from == null
                            ? PortfolioQuestions.NOWHERE
                            : String.join("/", from.size(), from.behaviour(), from.segment()));
        }

        private static String said(Place place) {
            return Cell.capitalised(place.cell().words());
        }

        private static String arrow(Direction direction) {
            return switch (direction) {
                case WORSE -> "▼";
                case BETTER -> "▲";
                case OTHER -> "▶";
                case NEW -> "+";
                case GONE -> "–";
            };
        }

        private static String word(Direction direction) {
            return switch (direction) {
                case WORSE -> "worse";
                case BETTER -> "better";
                case OTHER -> "size or matrix changed";
                case NEW -> "new";
                case GONE -> "gone";
            };
        }
    }

    @GetMapping("/portfolio")
    String portfolio(
            @RequestParam(required = false) @Nullable String since, Model model, HttpServletResponse response) {
        LocalDate on;
        try {
            on = questions.since(since);
        } catch (WrongQuestionException e) {
            return wrong(e, model, response);
        }
        Overview overview = overviews.overview();
        Moved moved = movements.since(on);
        model.addAttribute("overview", overview);
        model.addAttribute(
                "columns",
                overview.byBehaviour().keySet().stream().map(Cell::capitalised).toList());
        model.addAttribute("rows", rows(overview));
        model.addAttribute("columnTotals", List.copyOf(overview.byBehaviour().values()));
        model.addAttribute("moved", moved);
        model.addAttribute("lines", moved.movements().stream().map(Line::of).toList());
        model.addAttribute("worse", moved.customers(Direction.WORSE));
        model.addAttribute("better", moved.customers(Direction.BETTER));
        model.addAttribute("other", moved.customers(Direction.OTHER));
        model.addAttribute("fresh", moved.customers(Direction.NEW));
        model.addAttribute("gone", moved.customers(Direction.GONE));
        return "portfolio/matrix";
    }

    private static List<Row> rows(Overview overview) {
        List<Row> rows = new ArrayList<>();
        overview.bySize().forEach((size, total) -> {
            List<@Nullable CellFigures> cells = new ArrayList<>();
            for (String behaviour : overview.byBehaviour().keySet()) {
                cells.add(overview.cells().stream()
                        .filter(cell ->
                                cell.size().equals(size) && cell.behaviour().equals(behaviour))
                        .findFirst()
                        .orElse(null));
            }
            rows.add(new Row(Cell.capitalised(Cell.size(size)), cells, total));
        });
        return rows;
    }

    @GetMapping("/portfolio/cells/{size}/{behaviour}")
    String cell(
            @PathVariable String size,
            @PathVariable String behaviour,
            @RequestParam(required = false) @Nullable String segment,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String page,
            Model model,
            HttpServletResponse response) {
        Wish wish;
        LocalDate on;
        int part;
        try {
            wish = questions.wish(size, behaviour, segment, from, since, currency);
            on = questions.since(since);
            part = PortfolioQuestions.number("page", page, 1, Integer.MAX_VALUE / SHOWN, 1);
        } catch (WrongQuestionException e) {
            return wrong(e, model, response);
        }
        CellCustomers.Page found = customers.page(wish, (part - 1) * SHOWN, SHOWN);
        String query = wish.from() == null ? null : from;
        model.addAttribute("cell", overviews.cell(wish.cell()));
        model.addAttribute("title", Cell.capitalised(wish.cell().words()));
        model.addAttribute("wish", wish);
        model.addAttribute("from", query);
        model.addAttribute("fromWords", fromWords(wish.from()));
        model.addAttribute("origins", origins(wish, on));
        model.addAttribute("since", on);
        model.addAttribute("found", found);
        model.addAttribute("number", part);
        model.addAttribute("pages", Math.max(1, (found.total() + SHOWN - 1) / SHOWN));
        return "portfolio/cell";
    }

    private static @Nullable String fromWords(@Nullable CameFrom from) {
        if (from == null) {
            return null;
        }
        return from.cell() == null ? "no score yet" : from.cell().words();
    }

    /** Where customers of the cell came from since that day, in words by the value of {@code from}. */
    private Map<String, String> origins(Wish wish, LocalDate since) {
        Map<String, String> origins = new LinkedHashMap<>();
        movements.since(since).movements().stream()
                .filter(movement ->
                        movement.to() != null && movement.to().cell().equals(wish.cell()))
                .map(Line::of)
                .sorted(Comparator.comparing(Line::from))
                .forEach(line -> origins.put(
                        line.query(), line.from() + segment(line.movement().from())));
        return origins;
    }

    private static String segment(@Nullable Place from) {
        return from == null ? "" : " (" + Objects.requireNonNull(from.segment()) + ")";
    }

    /** Said on a page with the frame around it, which an error page would not show the reason on. */
    private static String wrong(WrongQuestionException e, Model model, HttpServletResponse response) {
        response.setStatus(e.status().value());
        model.addAttribute("problem", e.getMessage());
        return "portfolio/wrong";
    }
}
