package org.dunlin.desk.customer;

import java.util.List;
import java.util.Optional;
import org.dunlin.desk.customer.CustomerFinder.Key;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Finds customers, and tells everything about one, for programs. */
@RestController
@RequestMapping("/api/customers")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class CustomerApi {

    private final CustomerFinder customers;
    private final CustomerSearch search;
    private final Pictures pictures;

    CustomerApi(CustomerFinder customers, CustomerSearch search, Pictures pictures) {
        this.customers = customers;
        this.search = search;
        this.pictures = pictures;
    }

    /** At most 20, the best first; empty without {@code q}. */
    @GetMapping("/search")
    List<CustomerSearch.Found> search(@RequestParam(required = false) @Nullable String q) {
        return search.find(q);
    }

    /**
     * Everything about one customer.
     *
     * @param number number in the source system; our own id where no customer has that number
     * @param source that system, where several use one number
     * @param by     {@code id}: it is our own id, whoever has that number
     */
    @GetMapping("/{number}/picture")
    CustomerPicture picture(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String by) {
        List<Key> found = "id".equals(by) ? List.of() : customers.byNumber(number, source);
        if (found.size() > 1) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "Several systems have a customer " + number + "; say which by source.");
        }
        return found.stream()
                .findFirst()
                .or(() -> source == null ? id(number).flatMap(customers::byId) : Optional.empty())
                .map(customer -> pictures.of(customer.id()))
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no customer " + number + "."));
    }

    private static Optional<Long> id(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }
}
