package org.dunlin.contact.details;

import org.jspecify.annotations.Nullable;

/** What a person knows better; null where they do not. */
public record Correction(
        @Nullable String email,
        @Nullable String phone,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city) {

    boolean isEmpty() {
        return email == null && phone == null && !namesPlace();
    }

    boolean namesPlace() {
        return street != null || postalCode != null || city != null;
    }
}
