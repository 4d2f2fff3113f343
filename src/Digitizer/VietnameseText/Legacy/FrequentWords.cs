namespace Digitizer.VietnameseText.Legacy;

/// <summary>Short words that pages of other languages cannot do without.</summary>
internal static class FrequentWords
{
    /// <summary>Small letters. English, French, German, Spanish, Portuguese, Italian, Dutch, Indonesian.</summary>
    public static readonly WordList Listed = new(
        """
        the of and to in is that for it as with was on be by are this at from or have an not which his but has they you were their
        all can there been one no if more when will would who what about said so its may our two time new any these other only
        shall such than under date page name address number total contract party company signature article law article agreement
        le la les de des du et en un une est que qui dans pour par sur au aux avec ce se il ne pas plus son sa ses ou
        der die das und den von zu mit sich des auf nicht ein eine als auch es an werden aus er hat dass sie nach wird bei
        el los las del que por con para una su al lo como sus pero si dos das os uma com em na no dos ao
        che di il per non sono della con alla nel van het een te voor met zijn aan yang dan di dengan untuk pada ini dari dalam
        public static void return int string var if else for while new null true false select where from join table class
        """);

    /// <summary>True for a listed word in any case.</summary>
    /// <param name="word">Letters only.</param>
    public static bool Contains(string word) => Listed.Contains(word.ToLowerInvariant());
}
