package org.dunlin.desk.customer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dunlin.receivables.PhoneNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds customers by what somebody remembers of them: what is written so comes first, then what is written alike. What is typed is
 * text, never a pattern.
 */
@Repository
class CustomerSearch {

    /** Most customers that are found at once. */
    static final int MOST = 20;

    private static final int LONGEST = 100;

    /** Without three letters or digits in a row there is no trigram, and everything would be looked through. */
    private static final Pattern A_TRIGRAM = Pattern.compile("[\\p{L}\\p{N}]{3}");

    /** Of fewer digits half the country has the number. */
    private static final int PHONE_FROM = 5;

    private static final Pattern LIKE_A_PHONE = Pattern.compile("[+0-9 ()./-]+");

    private final JdbcClient jdbc;

    CustomerSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which field was found; a former one is that of a customer who turned out to be this one. */
    enum Field {
        NUMBER,
        NAME,
        INVOICE,
        PHONE,
        EMAIL,
        FORMER_NUMBER,
        FORMER_NAME
    }

    /**
     * A customer who fits.
     *
     * @param number number in the source system
     * @param field  what was found
     * @param value  what stands there
     * @param exact  whether it is written there as it was typed, and not only alike
     */
    record Found(
            long id,
            String source,
            String number,
            String name,
            @Nullable String city,
            String country,
            Field field,
            String value,
            boolean exact) {}

    /** What fits, the best first; empty for what says nothing. */
    @Transactional(readOnly = true)
    public List<Found> find(@Nullable String typed) {
        String text = cleaned(typed);
        if (text.isEmpty()) {
            return List.of();
        }
        boolean inside = A_TRIGRAM.matcher(text).find();
        prepare(text.length());
        Map<Long, Found> found = new LinkedHashMap<>();
        read(asWritten(text, inside), text).forEach(one -> found.putIfAbsent(one.id(), one));
        if (found.size() < MOST && inside) {
            read(alike(text, found.isEmpty()), text).forEach(one -> found.putIfAbsent(one.id(), one));
        }
        return found.values().stream().limit(MOST).toList();
    }

    /**
     * How much of it has to be there to count as alike: one wrong letter in a word of five, or two neighbours changed in one of seven; of a
     * longer text more, because its errors take less of it away, and because one common word of it shall not be enough. And the database
     * shall plan each search for what is searched: a plan for whatever may come cannot use an index on the begin of a text.
     */
    private void prepare(int length) {
        String part = length < 12 ? "0.45" : length < 20 ? "0.5" : length < 30 ? "0.6" : "0.7";
        jdbc.sql(
                        """
                        select set_config('pg_trgm.word_similarity_threshold', :part, true),
                               set_config('pg_trgm.similarity_threshold', '0.4', true),
                               set_config('plan_cache_mode', 'force_custom_plan', true)
                        """)
                .param("part", part)
                .query()
                .listOfRows();
    }

    private static String cleaned(@Nullable String typed) {
        if (typed == null) {
            return "";
        }
        String text = typed.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST).strip();
    }

    /** Each branch is limited by itself: a word that stands in every name must not make all names be sorted. */
    private static List<String> asWritten(String text, boolean inside) {
        List<String> branches = new ArrayList<>(List.of(
                of("NUMBER", "number", "5", "lower(number) = lower(:text)"),
                of("NUMBER", "number", "4", "lower(number) like lower(:start)"),
                of("NAME", "name", "5", "lower(name) = lower(:text)"),
                of("NAME", "name", "4", "lower(name) like lower(:start)"),
                by("INVOICE", "invoice", "number", "4.5", "reverse(lower(t.number)) = reverse(lower(:text))")));
        if (inside) {
            branches.addAll(List.of(
                    of("NUMBER", "number", "2", "lower(number) like lower(:inside)"),
                    of("NAME", "name", "3", "lower(name) like lower(:word)"),
                    of("NAME", "name", "2", "lower(name) like lower(:inside)"),
                    by("INVOICE", "invoice", "number", "2.5", "reverse(lower(t.number)) like lower(:end)"),
                    by("EMAIL", "contact_person", "email", "4.5", "lower(t.email) = lower(:text)"),
                    by("EMAIL", "contact_person", "email", "2", "lower(t.email) like lower(:inside)")));
        }
        if (phone(text) != null) {
            branches.add(by("PHONE", "contact_person", "phone", "3.5", "reverse(t.phone) like :phone"));
        }
        return branches.stream().map(branch -> "(" + branch + " limit 100)").toList();
    }

    /** @param nothingElse whether nothing was found so far: numbers are all alike */
    private static List<String> alike(String text, boolean nothingElse) {
        List<String> branches = new ArrayList<>(List.of(
                of("NAME", "name", "word_similarity(lower(:text), lower(name))", "lower(name) %> lower(:text)")));
        if (text.contains("@")) {
            branches.add(by(
                    "EMAIL",
                    "contact_person",
                    "email",
                    "similarity(lower(:text), lower(t.email))",
                    "lower(t.email) % lower(:text)"));
        }
        if (nothingElse && text.chars().anyMatch(Character::isDigit)) {
            branches.add(
                    of("NUMBER", "number", "similarity(lower(:text), lower(number))", "lower(number) % lower(:text)"));
        }
        return branches.stream()
                .map(branch -> "(" + branch + " order by rank desc limit 100)")
                .toList();
    }

    private static String of(String field, String column, String rank, String condition) {
        return """
                select coalesce(merged_into, id) as id, case when merged_into is null then '' else 'FORMER_' end || '${field}' as field,
                        ${column} as value, (${rank})::real as rank
                from customer where ${condition}
                """
                .replace("${field}", field)
                .replace("${column}", column)
                .replace("${rank}", rank)
                .replace("${condition}", condition);
    }

    private static String by(String field, String table, String column, String rank, String condition) {
        return """
                select coalesce(c.merged_into, c.id) as id, '${field}' as field, t.${column} as value, (${rank})::real as rank
                from ${table} t join customer c on c.id = t.customer_id where ${condition}
                """
                .replace("${field}", field)
                .replace("${table}", table)
                .replace("${column}", column)
                .replace("${rank}", rank)
                .replace("${condition}", condition);
    }

    private List<Found> read(List<String> branches, String text) {
        String literal = escaped(text);
        String phone = phone(text);
        return jdbc.sql(
                        """
                        with hit as (${branches}),
                            best as (select distinct on (id) id, field, value, rank from hit order by id, rank desc, length(value), value)
                        select c.id, c.source, c.number, c.name, c.city, c.country, b.field, b.value, b.rank >= 2 as exact
                        from best b join customer c on c.id = b.id
                        order by b.rank desc, length(b.value), c.name, c.number, c.id limit :most
                        """
                                .replace("${branches}", String.join(" union all ", branches)))
                .param("text", text)
                .param("start", literal + "%")
                .param("word", "% " + literal + "%")
                .param("inside", "%" + literal + "%")
                .param("end", escaped(new StringBuilder(text).reverse().toString()) + "%")
                .param("phone", phone == null ? null : new StringBuilder(phone).reverse() + "%")
                .param("most", MOST)
                .query(Found.class)
                .list();
    }

    /** So that LIKE takes every character for itself. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** The digits by which a number that is kept as E.164 ends, however it was typed; null for what is no number. */
    private static @Nullable String phone(String text) {
        if (!LIKE_A_PHONE.matcher(text).matches()) {
            return null;
        }
        String digits = PhoneNumber.parse(text, null)
                .map(number -> number.e164().substring(1))
                .orElseGet(() -> text.replaceAll("\\D", "").replaceFirst("^0+", ""));
        return digits.length() < PHONE_FROM ? null : digits;
    }
}
