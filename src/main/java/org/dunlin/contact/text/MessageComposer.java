package org.dunlin.contact.text;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.contact.letter.PaymentCode;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.contact.letter.QrCode;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.log.InvoiceLevels;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.template.Wording;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReference;
import org.dunlin.receivables.ReferenceBook;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;

/**
 * Words a message. A template is a set of texts per language; a layout places them, the common one or the template's own. Data only ever
 * fills places in texts; it is never evaluated, and escaped in HTML.
 */
@Component
public class MessageComposer {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z]{1,40}");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final Pattern PARAGRAPH = Pattern.compile("\\n\\n");

    /** The templates after which nobody asks any more. */
    private static final Set<String> LAST = Set.of("finalNotice", "consumerFinal");

    /** Where envelopes have their window on the right. */
    private static final Set<String> WINDOW_ON_THE_RIGHT = Set.of("BE", "FR", "LU");

    private final Supplier<Wording> wording;
    private final ReferenceBook references;
    private final WorkCalendar calendar;
    private final MessageProperties properties;
    private final PdfPrinter printer;
    private final InvoiceLevels levels;
    private final MessageLinks links;

    @Autowired
    MessageComposer(
            ReferenceBook references,
            WorkCalendar calendar,
            MessageProperties properties,
            PdfPrinter printer,
            InvoiceLevels levels,
            MessageLinks links,
            Supplier<Wording> wording) {
        this.printer = printer;
        this.levels = levels;
        this.links = links;
        this.references = references;
        this.calendar = calendar;
        this.properties = properties;
        this.wording = wording;
    }

    /** For whom nobody has ever been asked for anything. */
    MessageComposer(
            ReferenceBook references,
            WorkCalendar calendar,
            MessageProperties properties,
            PdfPrinter printer,
            MessageLinks links,
            Supplier<Wording> wording) {
        this(references, calendar, properties, printer, invoices -> Map.of(), links, wording);
    }

    /**
     * The e-mail as it would go out today.
     *
     * @param template name as models use it, for example {@code reminder}
     * @throws IllegalArgumentException when there is no such template
     * @throws org.springframework.context.NoSuchMessageException when a template lacks a text in the customer's language
     */
    public MessageContent email(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return email(
                matter(template, statement), new Correspondence(customer, creditor, Medium.EMAIL, today), recipient);
    }

    /** The same message as a letter, plain text; errors as in {@link #email}. */
    public String letter(
            String template, CaseStatement statement, Customer customer, Creditor creditor, LocalDate today) {
        return letter(matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today));
    }

    /** The same letter on paper, ready for an envelope with a window: PDF/A; errors as in {@link #email}. */
    public byte[] letterOnPaper(
            String template, CaseStatement statement, Customer customer, Creditor creditor, LocalDate today) {
        return paper(matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today));
    }

    /**
     * The same letter as it is kept and posted: its words, and its pages when they are asked for; errors as in {@link #email}.
     *
     * @param recipient address on one line, for the log
     */
    public MessageContent letterToPost(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return toPost(
                matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today), recipient);
    }

    /** The same for a notice; errors as in {@link #email}. */
    public MessageContent noticeToPost(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return toPost(
                matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today), recipient);
    }

    /**
     * An e-mail that tells a customer about a hold; errors as in {@link #email}.
     *
     * @param template name as models use it, for example {@code disputeRejected}
     */
    public MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return email(
                matter(template, statement), new Correspondence(customer, creditor, Medium.EMAIL, today), recipient);
    }

    /** The same notice as a letter, plain text; errors as in {@link #email}. */
    public String noticeLetter(
            String template, HoldStatement statement, Customer customer, Creditor creditor, LocalDate today) {
        return letter(matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today));
    }

    /** The same notice on paper: PDF/A; errors as in {@link #email}. */
    public byte[] noticeOnPaper(
            String template, HoldStatement statement, Customer customer, Creditor creditor, LocalDate today) {
        return paper(matter(template, statement), new Correspondence(customer, creditor, Medium.LETTER, today));
    }

    /** The message as a text message, without HTML; errors as in {@link #email}. */
    public MessageContent sms(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return sms(matter(template, statement), new Correspondence(customer, creditor, Medium.SMS, today), recipient);
    }

    /** A notice as a text message; errors as in {@link #email}. */
    public MessageContent smsNotice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return sms(matter(template, statement), new Correspondence(customer, creditor, Medium.SMS, today), recipient);
    }

    /**
     * What a message is about.
     *
     * @param reference number of the case or hold
     * @param holdId of a notice
     * @param totals what is open of the lines, one amount per currency
     * @param payNow  whether that is to be transferred at once
     * @param variant of the texts: {@code Paid} where nothing is open of what would have to be paid
     * @param quote  words of a person of the house
     */
    private record Matter(
            String reference,
            @Nullable Long holdId,
            String template,
            List<OpenInvoice> lines,
            List<Money> totals,
            boolean payNow,
            String variant,
            List<Part> instalments,
            @Nullable String quote) {

        boolean notice() {
            return holdId != null;
        }

        boolean asksForMoney() {
            return payNow || !instalments.isEmpty();
        }

        String total(Locale locale) {
            return totals.stream().map(total -> total.format(locale)).collect(Collectors.joining(" + "));
        }
    }

    private record Part(LocalDate dueOn, Money amount) {}

    /** Who writes to whom, how, when. */
    private record Correspondence(Customer customer, Creditor creditor, Medium medium, LocalDate today) {
        Locale locale() {
            return customer.locale();
        }
    }

    private enum Medium {
        EMAIL,
        LETTER,
        SMS
    }

    private static Matter matter(String template, CaseStatement statement) {
        return new Matter(
                statement.dunningCase().number(),
                null,
                template,
                statement.lines(),
                List.of(statement.total()),
                true,
                "",
                List.of(),
                null);
    }

    private static Matter matter(String template, HoldStatement statement) {
        NoticeText text = NoticeText.of(template);
        Hold hold = statement.hold();
        boolean toPay = text.payment() == NoticeText.Payment.OF_WHAT_IS_OPEN;
        return new Matter(
                hold.number(),
                hold.id(),
                text.template(),
                statement.lines(),
                statement.totals(),
                toPay && statement.isAnythingOpen(),
                toPay && !statement.isAnythingOpen() ? "Paid" : "",
                text.payment() == NoticeText.Payment.IN_INSTALMENTS ? instalments(hold) : List.of(),
                hold.endNote() == null || hold.endNote().isBlank() ? null : line(hold.endNote()));
    }

    private static List<Part> instalments(Hold plan) {
        Money sum = plan.amount();
        if (sum == null || plan.instalments().isEmpty()) {
            throw new IllegalArgumentException("Hold " + plan.number() + " has no instalments to tell of");
        }
        return plan.instalments().stream()
                .map(part -> new Part(part.dueOn(), new Money(part.amount(), sum.currency())))
                .toList();
    }

    private MessageContent email(Matter matter, Correspondence letter, String recipient) {
        MessageView mail = view(matter, letter);
        Context context = context(mail);
        return new MessageContent(
                recipient,
                mail.language(),
                mail.subject(),
                wording.get().page("email", matter.template(), "txt", context).strip() + "\n",
                wording.get().page("email", matter.template(), "html", context),
                matter.totals().size() == 1 ? matter.totals().get(0) : null,
                matter.lines());
    }

    private MessageContent sms(Matter matter, Correspondence message, String recipient) {
        Locale locale = message.locale();
        Object[] facts = facts(matter, message);
        String said = text(checked(matter.template()) + ".sms" + matter.variant(), locale, facts);
        String words = Stream.of(
                        said,
                        instalments(matter, locale),
                        howToPay(matter, message, page(matter, message)),
                        whomToAsk(message))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        return new MessageContent(
                recipient,
                message.customer().language(),
                line(text(matter.template() + ".subject", locale, facts)),
                Gsm7.plain(words),
                null,
                matter.totals().size() == 1 ? matter.totals().get(0) : null,
                matter.lines());
    }

    private static String instalments(Matter matter, Locale locale) {
        return matter.instalments().stream()
                .map(part -> date(part.dueOn(), locale) + " " + part.amount().format(locale))
                .collect(Collectors.joining(", "));
    }

    /** @param payLink page on which everything is shown and can be paid; null where there is none */
    private String howToPay(Matter matter, Correspondence message, @Nullable String payLink) {
        Creditor creditor = message.creditor();
        if (payLink != null) {
            return text("smsPayLink", message.locale(), payLink);
        }
        if (!matter.payNow() && matter.instalments().isEmpty() || creditor.iban() == null) {
            return "";
        }
        return text(
                "smsTransfer",
                message.locale(),
                creditor.iban(),
                references.forCustomer(creditor, message.customer().id()).formatted());
    }

    private @Nullable String page(Matter matter, Correspondence message) {
        return matter.asksForMoney() ? links.page(about(matter, message)).orElse(null) : null;
    }

    private String whomToAsk(Correspondence message) {
        Creditor creditor = message.creditor();
        return creditor.phone() == null
                ? text("smsQuestionsByMail", message.locale(), line(creditor.senderEmail()))
                : text("smsQuestions", message.locale(), line(creditor.phone()));
    }

    private static String checked(String template) {
        if (!NAME.matcher(template).matches()) {
            throw new IllegalArgumentException("Not the name of a template: " + template);
        }
        return template;
    }

    private String letter(Matter matter, Correspondence correspondence) {
        return letter(matter, correspondence, view(matter, correspondence));
    }

    private String letter(Matter matter, Correspondence correspondence, MessageView view) {
        Creditor creditor = correspondence.creditor();
        Context context = context(view);
        context.setVariable("address", addressee(correspondence.customer(), creditor));
        context.setVariable(
                "placeAndDate",
                Stream.of(creditor.city(), longDate(correspondence.today(), correspondence.locale()))
                        .filter(Objects::nonNull)
                        .map(MessageComposer::line)
                        .collect(Collectors.joining(", ")));
        return wording.get().page("letter", matter.template(), "txt", context).strip() + "\n";
    }

    private MessageContent toPost(Matter matter, Correspondence letter, String recipient) {
        MessageView view = view(matter, letter);
        return new MessageContent(
                recipient,
                view.language(),
                view.subject(),
                letter(matter, letter, view),
                null,
                matter.totals().size() == 1 ? matter.totals().get(0) : null,
                matter.lines(),
                () -> paper(matter, letter, view));
    }

    private byte[] paper(Matter matter, Correspondence correspondence) {
        return paper(matter, correspondence, view(matter, correspondence));
    }

    private byte[] paper(Matter matter, Correspondence correspondence, MessageView message) {
        Creditor creditor = correspondence.creditor();
        Customer customer = correspondence.customer();
        Locale locale = correspondence.locale();
        Context context = context(message);
        context.setVariable(
                "paper",
                new PaperView(
                        windowOnTheRight(creditor.country()) ? "right" : "left",
                        addressee(customer, creditor),
                        Stream.concat(Stream.of(line(creditor.name())), address(creditor))
                                .collect(Collectors.joining(" · ")),
                        address(creditor).toList(),
                        List.of(
                                new MessageView.Detail(text("date", locale), longDate(correspondence.today(), locale)),
                                new MessageView.Detail(text("customerNumber", locale), line(customer.number())),
                                new MessageView.Detail(text("ourReference", locale), line(matter.reference()))),
                        message.link() == null
                                ? null
                                : new QrCode(message.link().address()).forPaper(),
                        text("scanForPage", locale),
                        text("page", locale)));
        return printer.print(wording.get().page("letter", matter.template(), "html", context));
    }

    /** Whether envelopes of creditors in that country have their window on the right. */
    public static boolean windowOnTheRight(String country) {
        return WINDOW_ON_THE_RIGHT.contains(country);
    }

    private static Stream<String> address(Creditor creditor) {
        return Stream.of(
                        creditor.street(),
                        Stream.of(creditor.postalCode(), creditor.city())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")))
                .filter(part -> part != null && !part.isBlank())
                .map(MessageComposer::line);
    }

    private static Context context(MessageView message) {
        Context context = new Context(Locale.forLanguageTag(message.language()));
        context.setVariable("mail", message);
        return context;
    }

    private MessageView view(Matter matter, Correspondence correspondence) {
        String template = checked(matter.template());
        Customer customer = correspondence.customer();
        Creditor creditor = correspondence.creditor();
        LocalDate today = correspondence.today();
        Locale locale = correspondence.locale();
        List<OpenInvoice> lines = matter.lines();
        Object[] facts = facts(matter, correspondence);
        PaymentReference reference = matter.asksForMoney() ? references.forCustomer(creditor, customer.id()) : null;
        String person = customer.byEmail()
                .map(Customer.ContactPerson::name)
                .map(MessageComposer::line)
                .orElse("");
        return new MessageView(
                customer.language(),
                line(text(template + ".subject", locale, facts)),
                line(text(template + ".preview", locale, facts)),
                person.isBlank() ? text("greetingNobody", locale) : text("greeting", locale, person),
                paragraphs(text(template + ".before", locale, facts)),
                matter.quote() == null ? null : new MessageView.Detail(text("inOurWords", locale), matter.quote()),
                matter.notice() ? paragraphs(text(template + ".then" + matter.variant(), locale, facts)) : List.of(),
                lines(matter, today, locale),
                new MessageView.Headings(
                        text("invoice", locale),
                        text("due", locale),
                        text("open", locale),
                        text("total", locale),
                        text("instalments", locale),
                        text("amount", locale)),
                matter.total(locale),
                matter.instalments().stream()
                        .map(part -> new MessageView.Detail(
                                longDate(part.dueOn(), locale), part.amount().format(locale)))
                        .toList(),
                text("howToPay", locale),
                reference == null ? List.of() : payment(matter, correspondence, reference),
                after(template + ".after" + matter.variant(), creditor, correspondence.medium(), locale, facts),
                text("regards", locale),
                line(creditor.senderName()),
                line(creditor.name()),
                footer(creditor, locale),
                link(matter, correspondence),
                links.explanation(about(matter, correspondence), creditor, customer.language())
                        .map(address -> new MessageView.Link(text("explanation", locale), address))
                        .orElse(null),
                reference == null ? null : code(matter, correspondence, reference));
    }

    /** Where the customer sees what is open and pays; null where nothing is asked for, or nobody could open it. */
    private MessageView.@Nullable Link link(Matter matter, Correspondence correspondence) {
        return matter.asksForMoney()
                ? links.page(about(matter, correspondence))
                        .map(address -> new MessageView.Link(text("payOnline", correspondence.locale()), address))
                        .orElse(null)
                : null;
    }

    private static PayLink.Occasion about(Matter matter, Correspondence correspondence) {
        return new PayLink.Occasion(
                correspondence.creditor().id(),
                correspondence.customer().id(),
                matter.holdId(),
                matter.reference(),
                matter.template(),
                correspondence.medium().name(),
                matter.lines().stream().map(OpenInvoice::id).toList());
    }

    private MessageView.@Nullable Picture code(
            Matter matter, Correspondence correspondence, PaymentReference reference) {
        if (!matter.payNow() || matter.totals().size() != 1) {
            return null;
        }
        return PaymentCode.of(correspondence.creditor(), matter.totals().get(0), reference)
                .map(PaymentCode::picture)
                .map(code -> correspondence.medium() == Medium.LETTER ? code.forPaper() : code.forScreen())
                .map(code -> new MessageView.Picture(code, text("scanToPay", correspondence.locale())))
                .orElse(null);
    }

    /** What the texts may name, in the order that the files of texts explain. */
    private Object[] facts(Matter matter, Correspondence correspondence) {
        Locale locale = correspondence.locale();
        List<OpenInvoice> lines = matter.lines();
        return new Object[] {
            lines.size(),
            matter.total(locale),
            correspondence.medium() == Medium.SMS
                    ? date(payBy(matter, correspondence), locale)
                    : longDate(payBy(matter, correspondence), locale),
            line(correspondence.creditor().name()),
            line(correspondence.customer().name()),
            lines.isEmpty() ? "" : line(lines.get(0).number()),
            matter.instalments().size(),
            matter.instalments().stream()
                    .map(Part::amount)
                    .reduce(Money::plus)
                    .map(sum -> sum.format(locale))
                    .orElse("")
        };
    }

    /** A notice may be about what is not due yet: nobody has to pay earlier because they asked. */
    private LocalDate payBy(Matter matter, Correspondence correspondence) {
        LocalDate term =
                calendar.after(correspondence.creditor().country(), correspondence.today(), properties.termDays());
        return Stream.concat(
                        Stream.of(term),
                        matter.notice() ? matter.lines().stream().map(OpenInvoice::dueOn) : Stream.empty())
                .max(Comparator.naturalOrder())
                .orElse(term);
    }

    private List<MessageView.Line> lines(Matter matter, LocalDate today, Locale locale) {
        if (matter.notice()) {
            return matter.lines().stream()
                    .map(line -> line(line, 0, null, locale))
                    .toList();
        }
        Map<Long, Integer> before =
                levels.asked(matter.lines().stream().map(OpenInvoice::id).toList());
        return matter.lines().stream()
                .map(line -> line(
                        line,
                        line.daysOverdue(today),
                        before.isEmpty() ? null : level(matter, before.getOrDefault(line.id(), 0) + 1, locale),
                        locale))
                .toList();
    }

    /** An invoice of which nobody has been told yet is not at its end, whatever message names it. */
    private String level(Matter matter, int times, Locale locale) {
        return times > 1 && LAST.contains(matter.template()) ? text("levelLast", locale) : text("level", locale, times);
    }

    /** @param overdue days that are said to be overdue; none where nobody is reminded of it */
    private MessageView.Line line(OpenInvoice invoice, long overdue, @Nullable String level, Locale locale) {
        boolean partlyPaid = invoice.open().compareTo(invoice.gross()) < 0;
        return new MessageView.Line(
                line(invoice.number()),
                text("issued", locale, date(invoice.issuedOn(), locale)),
                date(invoice.dueOn(), locale),
                overdue > 0 ? text("overdue", locale, overdue) : "",
                invoice.open().format(locale),
                partlyPaid ? text("of", locale, invoice.gross().format(locale)) : null,
                level);
    }

    private List<MessageView.Detail> payment(Matter matter, Correspondence correspondence, PaymentReference reference) {
        Creditor creditor = correspondence.creditor();
        Locale locale = correspondence.locale();
        List<MessageView.Detail> details = new ArrayList<>();
        if (matter.payNow()) {
            details.add(new MessageView.Detail(text("amount", locale), matter.total(locale)));
        }
        details.add(new MessageView.Detail(text("accountHolder", locale), line(creditor.name())));
        if (creditor.iban() != null) {
            details.add(new MessageView.Detail(text("iban", locale), inFours(creditor.iban())));
        }
        if (creditor.bic() != null) {
            details.add(new MessageView.Detail(text("bic", locale), creditor.bic()));
        }
        details.add(new MessageView.Detail(text("reference", locale), reference.formatted()));
        return details;
    }

    private List<String> after(String name, Creditor creditor, Medium medium, Locale locale, Object[] facts) {
        String key = "questions" + (medium == Medium.EMAIL ? "InMail" : "InLetter")
                + (creditor.phone() == null ? "" : "ByPhone");
        String phone = creditor.phone() == null ? "" : line(creditor.phone());
        String questions = text(key, locale, phone, line(creditor.senderEmail()));
        return Stream.concat(paragraphs(text(name, locale, facts)).stream(), Stream.of(questions))
                .toList();
    }

    private static List<String> addressee(Customer customer, Creditor creditor) {
        String person = customer.persons().stream()
                .findFirst()
                .map(Customer.ContactPerson::name)
                .orElse("");
        String city = Stream.of(customer.postalCode(), customer.city())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        String country = customer.country().equals(creditor.country())
                ? ""
                : new Locale.Builder().setRegion(customer.country()).build().getDisplayCountry(Locale.ENGLISH);
        return Stream.of(
                        customer.name(),
                        person.equals(customer.name()) ? "" : person,
                        customer.street() == null ? "" : customer.street(),
                        city,
                        country.toUpperCase(Locale.ROOT))
                .map(MessageComposer::line)
                .filter(part -> !part.isBlank())
                .toList();
    }

    private List<String> footer(Creditor creditor, Locale locale) {
        String city = Stream.of(creditor.postalCode(), creditor.city())
                .filter(part -> part != null && !part.isBlank())
                .map(MessageComposer::line)
                .collect(Collectors.joining(" "));
        return Stream.of(
                        line(creditor.name()),
                        creditor.street() == null ? "" : line(creditor.street()),
                        city,
                        creditor.vatNumber() == null ? "" : text("vat", locale, line(creditor.vatNumber())),
                        line(creditor.senderEmail()))
                .filter(part -> !part.isBlank())
                .toList();
    }

    private String text(String key, Locale locale, @Nullable Object... arguments) {
        return wording.get().text(MessageModel.BUNDLE, key, locale, arguments);
    }

    private static List<String> paragraphs(String text) {
        return PARAGRAPH
                .splitAsStream(text)
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
    }

    /** Data on one line: no line ends or other controls reach a header or shape the text. */
    public static String line(String data) {
        return CONTROLS.matcher(data).replaceAll(" ").strip();
    }

    private static String inFours(String iban) {
        return iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String date(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(date);
    }

    private static String longDate(LocalDate date, Locale locale) {
        String text = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(date);
        boolean first = date.getDayOfMonth() == 1 && locale.getLanguage().equals("fr");
        return first ? text.replaceFirst("^1 ", "1er ") : text;
    }
}
