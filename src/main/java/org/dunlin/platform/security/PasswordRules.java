package org.dunlin.platform.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.identity.PasswordPolicy;
import org.camunda.bpm.engine.identity.PasswordPolicyRule;
import org.camunda.bpm.engine.impl.identity.PasswordPolicyLengthRuleImpl;
import org.camunda.bpm.engine.impl.identity.PasswordPolicyUserDataRuleImpl;

/** What a password must be: long, and nothing that everybody tries first. Length counts more than odd characters. */
final class PasswordRules implements PasswordPolicy {

    static final int LENGTH = 12;

    private static final int LENGTH_WITHOUT_KNOWN_WORDS = 6;
    private static final int DIFFERENT_CHARACTERS = 5;

    private static final Pattern KNOWN_WORDS = Pattern.compile(
            "password|passwort|wachtwoord|motdepasse|passw0rd|p@ssw0rd|dunlin|camunda|admin(istrator)?|change-?me|changeit"
                    + "|secret|geheim|welcome|welkom|letmein|qwerty|azerty|default|demo|1234567890|123456789|12345678|123456"
                    + "|12345|1234|123");

    @Override
    public List<PasswordPolicyRule> getRules() {
        return List.of(new PasswordPolicyLengthRuleImpl(LENGTH), new PasswordPolicyUserDataRuleImpl());
    }

    /** Why a password is too weak for the first administrator; empty when it is not. */
    static Optional<String> weakness(String login, String password) {
        if (password.length() < LENGTH) {
            return Optional.of("it has fewer than " + LENGTH + " characters");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.chars().distinct().count() < DIFFERENT_CHARACTERS) {
            return Optional.of("it has fewer than " + DIFFERENT_CHARACTERS + " different characters");
        }
        String unknown = KNOWN_WORDS.matcher(lower).replaceAll("");
        String left = unknown.replace(login.toLowerCase(Locale.ROOT), "");
        return left.length() < LENGTH_WITHOUT_KNOWN_WORDS
                ? Optional.of("it is made of words that everybody tries first")
                : Optional.empty();
    }
}
