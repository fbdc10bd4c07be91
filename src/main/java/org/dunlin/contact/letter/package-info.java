/** Letters on paper: pages that fit an envelope with a window, and the code that a banking app reads. */
@NullMarked
@org.springframework.modulith.NamedInterface("letter")
package org.dunlin.contact.letter;

import org.jspecify.annotations.NullMarked;
