package org.dunlin.contact.pages;

import java.util.List;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The contact log for programs. */
@RestController
@RequestMapping("/api/contacts")
@Roles.Everyone
class ContactApi {

    private static final int MOST = 1000;

    private final Contacts contacts;

    ContactApi(Contacts contacts) {
        this.contacts = contacts;
    }

    /**
     * The latest contacts, newest first.
     *
     * @param number number of a customer, a case or a hold
     * @param limit  1 to 1,000
     */
    @GetMapping
    List<Contact.Summary> latest(
            @RequestParam(required = false) @Nullable Long caseId,
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable ContactState state,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "limit goes from 1 to " + MOST);
        }
        return contacts.latest(new ContactFilter(caseId, number, state), limit);
    }

    /** One contact with the message as it was sent. */
    @GetMapping("/{id}")
    Contact one(@PathVariable long id) {
        return contacts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
