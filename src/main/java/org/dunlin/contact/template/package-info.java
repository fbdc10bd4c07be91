/** Texts and layouts of messages: those in the jar, and those of the business, which are checked before they are used. */
@NullMarked
@org.springframework.modulith.NamedInterface("template")
package org.dunlin.contact.template;

import org.jspecify.annotations.NullMarked;
