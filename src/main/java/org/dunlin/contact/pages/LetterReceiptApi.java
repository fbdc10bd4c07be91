package org.dunlin.contact.pages;

import java.time.LocalDate;
import org.dunlin.contact.post.ReceiptTasks;
import org.dunlin.contact.post.Receipts.Outcome;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets a program say what the post knows about registered letters. */
@RestController
@Roles({Groups.MAILROOM, Groups.SENIOR_COLLECTORS})
class LetterReceiptApi {

    private final ReceiptTasks tasks;

    LetterReceiptApi(ReceiptTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * What became of a letter.
     *
     * @param outcome RECEIVED, REFUSED, UNCLAIMED or UNKNOWN_ADDRESS
     * @param on      the day; without it today
     */
    record News(Outcome outcome, @Nullable LocalDate on) {}

    /** Answers 404 when no letter with that number waits for it, and 409 when the news cannot be or the case is on hold. */
    @PostMapping("/api/letters/{trackingNumber}/receipt")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void receipt(@PathVariable String trackingNumber, @RequestBody News news) {
        if (news.outcome() == null || news.outcome() == Outcome.PRESUMED) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The outcome is RECEIVED, REFUSED, UNCLAIMED or UNKNOWN_ADDRESS");
        }
        if (!tasks.complete(trackingNumber, news.outcome(), news.on())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
