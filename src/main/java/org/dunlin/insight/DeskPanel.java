package org.dunlin.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dunlin.insight.DeskFigures.LadderFigures;
import org.dunlin.insight.DeskFigures.RungFigures;
import org.dunlin.insight.MoneyWaiting.Waiting;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Pieces of pages that Dunlin's scripts put into Cockpit, in the language of whoever looks. */
@Controller
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class DeskPanel {

    /** The scale of rungs in tens, from before the first contact to the hand-over. */
    private static final List<Integer> RUNGS =
            IntStream.rangeClosed(0, 7).map(rung -> rung * 10).boxed().toList();

    private final DeskReader desk;
    private final MoneyWaiting money;
    private final PortfolioWords words;

    DeskPanel(DeskReader desk, MoneyWaiting money, PortfolioWords words) {
        this.desk = desk;
        this.money = money;
        this.words = words;
    }

    /**
     * A line of the table of ladders.
     *
     * @param rungs one for each of {@link #RUNGS}; null where no case stands
     */
    record Line(@Nullable String name, int cases, List<@Nullable RungFigures> rungs) {

        static Line of(LadderFigures ladder) {
            List<@Nullable RungFigures> rungs = new ArrayList<>();
            for (int rung : RUNGS) {
                rungs.add(ladder.rungs().stream()
                        .filter(figures -> figures.rung() == rung)
                        .findFirst()
                        .orElse(null));
            }
            return new Line(ladder.name(), ladder.cases(), rungs);
        }
    }

    @GetMapping("/cockpit/desk")
    String desk(Model model) {
        DeskFigures figures = desk.today();
        model.addAttribute("figures", figures);
        model.addAttribute("rungs", RUNGS);
        model.addAttribute("lines", figures.ladders().stream().map(Line::of).toList());
        model.addAttribute("words", words);
        return "cockpit/desk";
    }

    /** What stands beside the activities of a diagram. */
    @GetMapping("/cockpit/activities")
    String activities(@RequestParam String definition, Model model) {
        List<Waiting> waiting =
                money.at(definition).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("waiting", waiting);
        model.addAttribute("words", words);
        return "cockpit/activities";
    }
}
