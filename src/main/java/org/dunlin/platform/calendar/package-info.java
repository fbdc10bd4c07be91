/** Working days and holidays per country. */
package org.dunlin.platform.calendar;
