namespace Digitizer.VietnameseText;

/// <summary>Words of papers that are not spelt by the rules of Vietnamese. Those that happen to be syllables are not listed.</summary>
internal static class ForeignWords
{
    /// <summary>Places of the highlands and Bắc Kạn; family names and peoples; countries; firms.</summary>
    public static readonly WordList Names = new(
        """
        kạn đắk lắk đăk lăk đak krông kông chro kon kbang kuin jút búk glei glong grai prông păh păk pắk pưh plông
        pleiku plei ea ana ayun hleo kar mgar mdrắk rlấp drăng huoai tẻh yang
        niê mlô êban êđê ênuôl ayŭn byă kbuôr kđoh kpă ksơr rmah rahlan rcom rchâm hmok hwing
        jrai bahnar khmer raglai glai stiêng xtiêng brâu bru hrê hmông
        campuchia singapore malaysia indonesia philippines myanmar thailand brunei australia france germany japan korea
        china taiwan canada america england russia italia vietnam hanoi
        google facebook zalo microsoft viettel vinaphone mobifone vietcombank vietinbank agribank techcombank sacombank
        """);

    /// <summary>In small letters or with a capital, as forms print them; and the English of identity cards.</summary>
    public static readonly WordList Loans = new(
        """
        email mail fax website web internet online file photocopy photo copy scan logo laptop server mobile
        container karaoke taxi video radio gas axit clo gram kilogam kilomet tivi xêri seri sêri dpi
        socialist republic of viet independence freedom happiness citizen identity card full name date birth sex
        nationality place origin residence expiry
        """);

    private static readonly int Longest = Names.All.Concat(Loans.All).Max(word => word.Length);

    /// <summary>True for a listed name with a capital first or in capitals and for a loan word.</summary>
    /// <param name="word">NFC.</param>
    public static bool Contains(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 || word.Length > Longest)
        {
            return false;
        }

        Span<char> small = stackalloc char[Longest];
        small = small[..word.Length];
        word.CopyTo(small);
        LetterCase.Lower(small);
        return LetterCase.IsWritten(word) && (Loans.Contains(small) || (char.IsUpper(word[0]) && Names.Contains(small)));
    }
}
