//! Answers and findings in; one document model out: HTML, PDF, text.
