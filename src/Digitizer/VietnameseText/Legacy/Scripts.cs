namespace Digitizer.VietnameseText.Legacy;

/// <summary>Tells scripts apart by the blocks of Unicode.</summary>
internal static class Scripts
{
    /// <summary>The script of a character.</summary>
    public static Script Of(char c)
        => !char.IsLetter(c) || c is 'µ' or 'ª' or 'º' ? Script.None
            : c switch
            {
                < '\u02B0' or (>= '\u1E00' and < '\u1F00') or (>= '\u2C60' and <= '\u2C7F') or (>= '\uA720' and <= '\uA7FF') or (>= '\uFB00' and <= '\uFB06') => Script.Latin,
                (>= '\u0370' and < '\u0400') or (>= '\u1F00' and < '\u2000') => Script.Greek,
                >= '\u0400' and < '\u0530' => Script.Cyrillic,
                (>= '\u0E00' and < '\u0F00') or (>= '\u1000' and < '\u10A0') or (>= '\u1780' and < '\u1800') or (>= '\u2E80' and < '\uA4D0') or (>= '\uAC00' and < '\uD800') or (>= '\uF900' and < '\uFB00') or >= '\uFF00' => Script.Joined,
                _ => Script.OtherAlphabet,
            };
}
