package org.dunlin.desk.customer;

import java.util.List;
import org.dunlin.desk.customer.CustomerFinder.Key;
import org.dunlin.dunning.CustomerPath;
import org.dunlin.dunning.Hold;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.scoring.CreditStop;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The page about a customer, and the one on which customers are found. */
@Controller
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class CustomerPages {

    /** What fits into an address as it is; others are asked for by our own id. */
    private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9_-]*";

    private final CustomerFinder customers;
    private final CustomerSearch search;
    private final Pictures pictures;
    private final Presences presences;
    private final CurrentUser user;

    CustomerPages(
            CustomerFinder customers, CustomerSearch search, Pictures pictures, Presences presences, CurrentUser user) {
        this.customers = customers;
        this.search = search;
        this.pictures = pictures;
        this.presences = presences;
        this.user = user;
    }

    @GetMapping("/customers")
    String find(@RequestParam(required = false) @Nullable String q, Model model) {
        model.addAttribute("q", q);
        model.addAttribute("asked", q != null && !q.isBlank());
        model.addAttribute("found", search.find(q));
        return "customer/search";
    }

    /** The address that forms and other pages lead to: it names exactly one customer, whatever they are called. */
    @GetMapping(CustomerPath.BY_ID + "{id}")
    String byId(@PathVariable long id, Model model) {
        Key customer = customers.byId(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        boolean plain = customer.source().equals(CustomerKey.DEFAULT_SOURCE)
                && customer.number().matches(PLAIN);
        return plain && customers.byNumber(customer.number(), null).size() == 1
                ? "redirect:/customers/" + customer.number()
                : show(customer, model);
    }

    @GetMapping("/customers/{number}")
    String byNumber(@PathVariable String number, @RequestParam(required = false) @Nullable String source, Model model) {
        List<Key> found = customers.byNumber(number, source);
        if (found.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (found.size() > 1) {
            model.addAttribute("number", number);
            model.addAttribute("several", found);
            return "customer/several";
        }
        return show(found.get(0), model);
    }

    private String show(Key customer, Model model) {
        CustomerPicture picture = pictures.of(customer.id());
        model.addAttribute("customer", picture);
        model.addAttribute("head", picture.head());
        model.addAttribute("words", new PageWords(picture.head().zone()));
        model.addAttribute("colleagues", presences.others(customer.id(), user.id()));
        model.addAttribute("rights", Rights.of(user));
        model.addAttribute("post", CustomerPath.of(customer.id()));
        model.addAttribute("reasons", Choice.ofDisputeReasons());
        model.addAttribute("promises", picture.active(Hold.Kind.PROMISE));
        model.addAttribute("disputes", picture.active(Hold.Kind.DISPUTE));
        model.addAttribute("plans", picture.active(Hold.Kind.PLAN));
        model.addAttribute("blocks", picture.active(Hold.Kind.BLOCK));
        model.addAttribute(
                "stoppedByHand",
                picture.head().creditStops().stream().anyMatch(stop -> stop.origin() == CreditStop.Origin.MANUAL));
        return "customer/one";
    }
}
