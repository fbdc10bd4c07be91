package org.dunlin.desk.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Outcomes;
import org.dunlin.desk.customer.CustomerPicture.PayLinkState;
import org.dunlin.dunning.Hold;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * How the page writes things; its template escapes all of it.
 *
 * @param zone of the times
 */
record PageWords(ZoneId zone) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.UK);

    /** With its currency, as the English write it. */
    public String money(Money money) {
        return money.format(Locale.UK);
    }

    public String day(@Nullable LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    public String at(Instant instant) {
        return AT.format(instant.atZone(zone));
    }

    /** {@code 10:42}. */
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** {@code Registered letter}. */
    public String channel(@Nullable Channel channel) {
        return channel == null ? "" : sentence(channel.name());
    }

    public String preferred(@Nullable String channel) {
        return channel == null ? "No wish (e-mail)" : sentence(channel);
    }

    /** The name of a constant, to be read: {@code Written off}. */
    public String sentence(Object constant) {
        String words = constant.toString().replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** In English. */
    public String language(String code) {
        return Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH);
    }

    public String country(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }

    public static String kind(Hold.Kind kind) {
        return switch (kind) {
            case PROMISE -> "Promise";
            case DISPUTE -> "Dispute";
            case PLAN -> "Payment plan";
            case BLOCK -> "Block";
            case INSOLVENCY -> "Insolvency";
        };
    }

    /** The template cannot call what belongs to the type and not to one of its values. */
    public String holdKind(Hold.Kind kind) {
        return kind(kind);
    }

    public String outcome(@Nullable String name) {
        String words = Outcomes.words(name);
        return words == null ? "" : words;
    }

    public String list(List<String> texts) {
        return String.join(", ", texts);
    }

    /** For the column of links. */
    public String link(@Nullable PayLinkState link) {
        if (link == null) {
            return "none sent";
        }
        if (link.payment() != null) {
            return switch (link.payment()) {
                case "PAID" -> "paid, being booked";
                case "UNDER_WAY" -> "payment under way";
                default -> "payment broken off";
            };
        }
        return (link.open() ? "until " : "over since ") + day(link.lastDay());
    }
}
