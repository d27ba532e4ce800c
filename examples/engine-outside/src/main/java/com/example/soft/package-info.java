/** The engine {@code soft}. */
@org.jspecify.annotations.NullMarked
package com.example.soft;
