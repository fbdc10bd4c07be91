package org.dunlin.contact.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.Outcomes;
import org.dunlin.contact.inbound.CustomerWord;
import org.dunlin.contact.inbound.CustomerWords;
import org.dunlin.contact.log.LetterArchive;
import org.dunlin.contact.post.Receipts;
import org.dunlin.contact.twilio.NumberRefusals;
import org.dunlin.contact.twilio.NumberRefusals.Refusal;
import org.dunlin.contact.voice.Conversations;
import org.dunlin.platform.security.Roles;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The contact log: what was said to customers, and each message as it was sent. */
@Controller
@Roles.Everyone
class ContactPages {

    private static final int SHOWN = 200;

    /** A message is shown as it was sent, so it may bring its own inline styles; nothing in it runs, loads or leads anywhere. */
    static final String MESSAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'; base-uri 'none';"
                    + " form-action 'none'";

    private final Contacts contacts;
    private final Receivables receivables;
    private final LetterArchive archive;
    private final Receipts receipts;
    private final Conversations conversations;
    private final CustomerWords words;
    private final NumberRefusals refusals;

    ContactPages(
            Contacts contacts,
            Receivables receivables,
            LetterArchive archive,
            Receipts receipts,
            Conversations conversations,
            CustomerWords words,
            NumberRefusals refusals) {
        this.contacts = contacts;
        this.receivables = receivables;
        this.archive = archive;
        this.receipts = receipts;
        this.conversations = conversations;
        this.words = words;
        this.refusals = refusals;
    }

    @GetMapping("/contacts")
    String list(
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable ContactState state,
            Model model) {
        String wanted = number == null || number.isBlank() ? null : number.strip();
        List<Contact.Summary> found = contacts.latest(new ContactFilter(null, wanted, state), SHOWN);
        model.addAttribute("contacts", found.stream().map(Row::of).toList());
        model.addAttribute("full", found.size() == SHOWN);
        model.addAttribute("number", wanted);
        model.addAttribute("state", state);
        model.addAttribute("states", ContactState.values());
        return "contact/list";
    }

    @GetMapping("/contacts/{id}")
    String one(@PathVariable long id, Model model) {
        Contact contact = get(id);
        ZoneId zone = receivables.creditor(contact.creditorId()).timeZone();
        model.addAttribute("contact", contact);
        model.addAttribute("receipt", receipts.of(id).orElse(null));
        model.addAttribute("letter", archive.find(id).orElse(null));
        model.addAttribute("zone", zone);
        model.addAttribute("conversation", conversations.find(id).orElse(null));
        model.addAttribute(
                "answers", words.answering(id).stream().map(Answer::of).toList());
        model.addAttribute("refusal", refusal(contact));
        model.addAttribute("outcome", Outcomes.words(contact.detail()));
        model.addAttribute("at", (contact.sentAt() != null ? contact.sentAt() : contact.claimedAt()).atZone(zone));
        return "contact/one";
    }

    private @Nullable Refusal refusal(Contact contact) {
        return contact.recipient() == null
                ? null
                : refusals.of(contact.recipient(), contact.channel()).orElse(null);
    }

    /** The HTML of the message, for the frame on its page. */
    @GetMapping(path = "/contacts/{id}/message", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String message(@PathVariable long id, HttpServletResponse response) {
        String html = get(id).bodyHtml();
        if (html == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        response.setHeader("Content-Security-Policy", MESSAGE_POLICY);
        return html;
    }

    /** The letter as it was printed. */
    @GetMapping("/contacts/{id}/letter.pdf")
    ResponseEntity<byte[]> letter(@PathVariable long id) {
        byte[] pdf = archive.pdf(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename("letter-" + id + ".pdf")
                                .build()
                                .toString())
                .body(pdf);
    }

    /** A contact in the list, its time ready to be formatted and its outcome in words. */
    record Row(Contact.Summary contact, OffsetDateTime at, @Nullable String outcome) {
        static Row of(Contact.Summary contact) {
            return new Row(contact, contact.at().atOffset(ZoneOffset.UTC), Outcomes.words(contact.detail()));
        }
    }

    /** What a customer said, and in words what a person did about it. */
    record Answer(CustomerWord word, @Nullable String outcome) {
        static Answer of(CustomerWord word) {
            return new Answer(word, Outcomes.words(word.outcome()));
        }
    }

    private Contact get(long id) {
        return contacts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
