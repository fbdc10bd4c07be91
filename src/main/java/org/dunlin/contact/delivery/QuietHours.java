package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.SpeakingHours.Span;
import org.dunlin.platform.calendar.CountryZones;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * A phone is not answered at leisure like mail: it rings on the working days of the customer's own country, in the hours of the day
 * there. Where a country has several zones, the hours must be right in all of them.
 */
@Component
@EnableConfigurationProperties(SpeakingHours.class)
class QuietHours implements SpeakingRule {

    /** No country rests longer; whoever finds nothing within it is asked again then. */
    private static final int DAYS = 21;

    private final SpeakingHours hours;
    private final WorkCalendar calendar;
    private final CountryZones zones;

    QuietHours(SpeakingHours hours, WorkCalendar calendar, CountryZones zones) {
        this.hours = hours;
        this.calendar = calendar;
        this.zones = zones;
    }

    @Override
    public Optional<Postponement> objection(Channel channel, Customer customer, Creditor creditor, Instant now) {
        Span span = hours.of(channel);
        if (span.equals(SpeakingHours.ALWAYS)) {
            return Optional.empty();
        }
        List<ZoneId> there = zones.of(customer.country());
        Local local = new Local(span, customer.country(), there.isEmpty() ? List.of(creditor.timeZone()) : there);
        return local.mayRing(now)
                ? Optional.empty()
                : Optional.of(new Postponement(
                        local.next(now),
                        "It is not a working day or not the hour to disturb somebody in " + customer.country()));
    }

    /** Days and hours where the customer is. */
    private final class Local {

        private final Span span;
        private final String country;
        private final List<ZoneId> zones;

        Local(Span span, String country, List<ZoneId> zones) {
            this.span = span;
            this.country = country;
            this.zones = zones;
        }

        boolean mayRing(Instant at) {
            return zones.stream().map(at::atZone).allMatch(this::isWorkingHour);
        }

        private boolean isWorkingHour(ZonedDateTime local) {
            return span.contains(local.toLocalTime()) && calendar.isWorkingDay(country, local.toLocalDate());
        }

        Instant next(Instant now) {
            return IntStream.rangeClosed(0, DAYS)
                    .boxed()
                    .flatMap(days -> zones.stream().map(zone -> beginning(now, zone, days)))
                    .filter(at -> at.isAfter(now) && mayRing(at))
                    .min(Comparator.naturalOrder())
                    .orElseGet(() -> beginning(now, zones.get(0), DAYS));
        }

        private Instant beginning(Instant now, ZoneId zone, int days) {
            return LocalDate.ofInstant(now, zone)
                    .plusDays(days)
                    .atTime(span.from())
                    .atZone(zone)
                    .toInstant();
        }
    }
}
