package org.dunlin.contact.sales;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.dunning.Rungs;
import org.dunlin.receivables.Money;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Words an overview, in English like everything that is for people of the house. */
@Component
class OverviewWriter {

    /** A mail is for reading: more than this nobody reads, and the smallest amounts are at the end. */
    private static final int SHOWN = 50;

    private final SpringTemplateEngine pages = new SpringTemplateEngine();

    OverviewWriter() {
        pages.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
        pages.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
    }

    /** A row as it is shown. */
    record Row(String number, String name, String invoices, String overdue, String days, String where) {}

    Overview write(String name, List<OverdueCustomer> customers, LocalDate today) {
        String total = total(customers);
        long count = customers.stream().map(OverdueCustomer::number).distinct().count();
        String subject = count == 1
                ? "1 of your customers is overdue: " + total
                : "%d of your customers are overdue: %s".formatted(count, total);
        Context context = new Context(Locale.UK);
        context.setVariable("subject", subject);
        context.setVariable("name", MessageComposer.line(name));
        context.setVariable("today", today);
        context.setVariable("total", total);
        context.setVariable(
                "rows", customers.stream().limit(SHOWN).map(OverviewWriter::row).toList());
        context.setVariable("more", Math.max(0, customers.size() - SHOWN));
        return new Overview(
                subject,
                pages.process("sales/overview.txt", context).strip() + "\n",
                pages.process("sales/overview.html", context));
    }

    private static Row row(OverdueCustomer customer) {
        return new Row(
                MessageComposer.line(customer.number()),
                MessageComposer.line(customer.name()),
                customer.invoices() == 1 ? "1 invoice" : customer.invoices() + " invoices",
                customer.overdue().format(Locale.UK),
                customer.oldestDays() == 1 ? "1 day" : customer.oldestDays() + " days",
                where(customer));
    }

    private static String where(OverdueCustomer customer) {
        if (customer.withAgency()) {
            return "With a collection agency";
        }
        return customer.onHold() ? "On hold" : Rungs.name(customer.rung());
    }

    private static String total(List<OverdueCustomer> customers) {
        Map<String, Money> sums = new TreeMap<>(customers.stream()
                .collect(Collectors.toMap(
                        customer -> customer.overdue().currency().getCurrencyCode(),
                        OverdueCustomer::overdue,
                        Money::plus)));
        return sums.values().stream()
                .sorted(Comparator.comparing(Money::amount).reversed())
                .map(sum -> sum.format(Locale.UK))
                .collect(Collectors.joining(" and "));
    }

    private static ClassLoaderTemplateResolver resolver(String pattern, TemplateMode mode) {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setResolvablePatterns(Set.of(pattern));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}
