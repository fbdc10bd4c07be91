package org.dunlin.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Roles;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Dunlin's scripts in Camunda's web applications have to know about whoever is there. */
@RestController
class WebappWords {

    private static final List<String> KEYS = List.of(
            "customer",
            "noCustomer",
            "applications",
            "filters",
            "list",
            "task",
            "addSorting",
            "savedSearches",
            "state",
            "calledProcess",
            "instance",
            "switch");

    private final MessageSource texts;
    private final CurrentUser user;

    WebappWords(MessageSource texts, CurrentUser user) {
        this.texts = texts;
        this.user = user;
    }

    /**
     * @param customers whether they may see the pages of customers
     * @param words     by key, in their language
     */
    record Words(boolean customers, Map<String, String> words) {}

    @GetMapping("/api/webapp-words")
    @Roles.Everyone
    Words words(Locale language) {
        return new Words(
                user.isInAnyOf(PageFrame.WITH_CUSTOMERS),
                KEYS.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), key -> texts.getMessage("webapp." + key, null, language))));
    }
}
