"""The declared facts, the proved trees and the date expressions over columns."""
